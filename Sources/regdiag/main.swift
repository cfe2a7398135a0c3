StandardOutput.ignoreClosedPipes()
Session.run(Array(CommandLine.arguments.dropFirst())).end()
