import Foundation

/// One run of the built command, as a shell would start it.
struct RegdiagProcess {
  let status: Int32
  let output: String
  let errors: String

  /// The binary beside the test bundle, or the one that `REGDIAG_PROGRAM` names, such as that which
  /// others get.
  static var path: String {
    get throws {
      if let program = ProcessInfo.processInfo.environment["REGDIAG_PROGRAM"] { return program }
      guard let bundle = Bundle.main.executableURL else { throw CocoaError(.fileNoSuchFile) }
      return bundle.deletingLastPathComponent().appending(path: "regdiag").path()
    }
  }

  /// Runs the command in an environment that says nothing but the locale.
  ///
  /// - Parameters:
  ///   - arguments: The words behind the program's name.
  ///   - input: What standard input holds.
  ///   - environment: What is set besides.
  init(
    _ arguments: String..., input: String = "", environment: [String: String] = [:]
  ) throws {
    try self.init(arguments, input: input, environment: environment)
  }

  init(_ arguments: [String], input: String = "", environment: [String: String] = [:]) throws {
    try self.init(
      executable: Self.path, arguments: arguments, input: input, environment: environment)
  }

  /// Runs a script in bash, with `$REGDIAG` for the command.
  init(bash script: String, input: String = "", environment: [String: String] = [:]) throws {
    try self.init(
      executable: "/bin/bash", arguments: ["--norc", "--noprofile", "-c", script], input: input,
      environment: environment.merging(["REGDIAG": Self.path]) { own, _ in own })
  }

  private init(
    executable: String, arguments: [String], input: String, environment: [String: String]
  ) throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "regdiag-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = ["in", "out", "err"].map { folder.appending(path: $0) }
    try Data(input.utf8).write(to: files[0])
    for file in files.dropFirst() { try Data().write(to: file) }

    let process = Process()
    process.executableURL = URL(filePath: executable)
    process.arguments = arguments
    process.environment = ["LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"]
      .merging(environment) { _, own in own }
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    // Threads of the test runner block signals, and what they start would too.
    var noSignals = sigset_t()
    var formerSignals = sigset_t()
    sigemptyset(&noSignals)
    pthread_sigmask(SIG_SETMASK, &noSignals, &formerSignals)
    defer { pthread_sigmask(SIG_SETMASK, &formerSignals, nil) }
    try process.run()
    process.waitUntilExit()
    status = process.terminationStatus
    output = String(decoding: try Data(contentsOf: files[1]), as: UTF8.self)
    errors = String(decoding: try Data(contentsOf: files[2]), as: UTF8.self)
  }
}
