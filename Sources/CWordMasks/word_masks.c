#include "word_masks.h"
