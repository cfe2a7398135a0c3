/* The functions are written in Swift (RegistryDiagnosisC); a C target needs a source file. */
#include "regdiag.h"
