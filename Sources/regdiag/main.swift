StandardOutput.ignoreClosedPipes()
var session = Session()
session.run(Array(CommandLine.arguments.dropFirst())).end()
