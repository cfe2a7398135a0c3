import Foundation
import PackagePlugin

/// Compiles the JSON files of the target's folder to the Swift file that carries the built-in base.
@main
struct CompileKnowledge: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    guard let target = target as? SourceModuleTarget else { return [] }
    let inputs = target.sourceFiles.map(\.url).filter { $0.pathExtension != "swift" }
    let output = context.pluginWorkDirectoryURL.appending(path: "CompiledBase.swift")
    return [
      .buildCommand(
        displayName: "Compiling the knowledge base",
        executable: try context.tool(named: "compile-knowledge").url,
        arguments: [
          target.directoryURL.path(percentEncoded: false), output.path(percentEncoded: false),
        ],
        inputFiles: inputs, outputFiles: [output])
    ]
  }
}
