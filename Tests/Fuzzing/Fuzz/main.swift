import CFuzzer

// `Fuzz TARGET [libFuzzer's options] [corpus folder]`, built and run by scripts/fuzz.

let names = Target.allCases.map(\.rawValue).joined(separator: ", ")
guard CommandLine.arguments.count > 1, let target = Target(rawValue: CommandLine.arguments[1])
else { fatalError("name a target: \(names)") }

var count = CommandLine.argc - 1
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv + 1
_ = LLVMFuzzerRunDriver(&count, &arguments) { data, size in
  let target = Target(rawValue: CommandLine.arguments[1]) ?? .text
  target.run(Array(UnsafeBufferPointer(start: data, count: size)))
  return 0
}
