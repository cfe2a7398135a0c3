// swift-tools-version: 6.3
import PackageDescription

/// Warnings are errors for who works on the package, not for who builds it with a newer compiler.
let isStrict = Context.environment["REGDIAG_STRICT"] != nil

let settings: [SwiftSetting] =
  [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatWarning("ExplicitSendable", as: .error),
  ] + (isStrict ? [.treatAllWarnings(as: .error)] : [])
let strictSettings: [CSetting] = isStrict ? [.treatAllWarnings(as: .error)] : []

/// Code in C is fuzzed under the sanitizer for undefined behaviour too.
let isFuzzed = Context.environment["REGDIAG_FUZZ"] != nil
let fuzzedSettings: [CSetting] = [
  .unsafeFlags(["-fsanitize=undefined,fuzzer-no-link", "-fno-sanitize-recover=undefined"])
]

let package = Package(
  name: "regdiag",
  platforms: [.macOS(.v26)],
  products: [
    .executable(name: "regdiag", targets: ["regdiag"]),
    .library(name: "RegistryDiagnosis", targets: ["RegistryDiagnosis", "RegistryKnowledge"]),
    .library(name: "DiagnosisRendering", targets: ["DiagnosisRendering"]),
    .library(name: "regdiag-c", type: .dynamic, targets: ["RegistryDiagnosisC"]),
  ],
  targets: [
    .target(name: "FailureText", swiftSettings: settings),
    .target(name: "CByteScan", cSettings: strictSettings + (isFuzzed ? fuzzedSettings : [])),
    .target(name: "CProcessorCount", cSettings: strictSettings),
    .target(name: "FailurePatterns", dependencies: ["CByteScan"], swiftSettings: settings),
    .target(name: "KnowledgeFormat", dependencies: ["FailurePatterns"], swiftSettings: settings),
    .target(
      name: "RegistryDiagnosis",
      dependencies: [
        "CByteScan", "CProcessorCount", "FailureText", "FailurePatterns", "KnowledgeFormat",
      ],
      swiftSettings: settings),
    .target(
      name: "RegistryKnowledge", dependencies: ["KnowledgeFormat", "RegistryDiagnosis"],
      path: "KnowledgeBase",
      swiftSettings: settings, plugins: ["CompileKnowledge"]),
    .target(
      name: "DiagnosisRendering", dependencies: ["RegistryDiagnosis"], swiftSettings: settings),
    .target(
      name: "KnowledgeChecking",
      dependencies: ["FailureText", "FailurePatterns", "KnowledgeFormat", "RegistryDiagnosis"],
      swiftSettings: settings),
    .target(
      name: "KnowledgeDrafting",
      dependencies: [
        "FailureText", "FailurePatterns", "KnowledgeFormat", "RegistryDiagnosis",
        "DiagnosisRendering",
      ],
      swiftSettings: settings),
    .target(
      name: "KnowledgeCatalog",
      dependencies: ["FailureText", "KnowledgeFormat", "RegistryDiagnosis", "DiagnosisRendering"],
      swiftSettings: settings),
    .target(
      name: "ModelContextProtocol",
      dependencies: ["FailureText", "KnowledgeFormat", "DiagnosisRendering"],
      swiftSettings: settings),
    .executableTarget(
      name: "regdiag",
      dependencies: [
        "FailureText", "RegistryDiagnosis", "RegistryKnowledge", "DiagnosisRendering",
        "KnowledgeFormat", "KnowledgeCatalog", "KnowledgeChecking", "KnowledgeDrafting",
        "ModelContextProtocol",
      ],
      swiftSettings: settings),
    .target(name: "CRegistryDiagnosis", cSettings: strictSettings),
    .target(
      name: "RegistryDiagnosisC",
      dependencies: [
        "CRegistryDiagnosis", "FailureText", "RegistryDiagnosis", "RegistryKnowledge",
        "DiagnosisRendering", "KnowledgeCatalog",
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "compile-knowledge", dependencies: ["KnowledgeFormat"], swiftSettings: settings),
    .target(name: "PlantedSecrets", path: "Tests/PlantedSecrets", swiftSettings: settings),
    .target(
      name: "Oracles",
      dependencies: ["FailurePatterns", "KnowledgeFormat", "RegistryDiagnosis"],
      path: "Tests/Oracles", swiftSettings: settings),
    .testTarget(
      name: "FailureTextTests", dependencies: ["FailureText", "PlantedSecrets"],
      swiftSettings: settings),
    .testTarget(
      name: "FailurePatternsTests", dependencies: ["CByteScan", "FailurePatterns", "Oracles"],
      swiftSettings: settings),
    .testTarget(
      name: "KnowledgeFormatTests", dependencies: ["KnowledgeFormat", "FailurePatterns"],
      swiftSettings: settings),
    .testTarget(
      name: "RegistryDiagnosisTests",
      dependencies: [
        "FailureText", "RegistryDiagnosis", "RegistryKnowledge", "KnowledgeFormat",
        "KnowledgeChecking",
        "FailurePatterns", "Oracles",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "DiagnosisRenderingTests",
      dependencies: ["DiagnosisRendering", "RegistryDiagnosis", "KnowledgeFormat", "Oracles"],
      exclude: ["Golden"], swiftSettings: settings),
    .testTarget(
      name: "KnowledgeDraftingTests",
      dependencies: [
        "KnowledgeDrafting", "KnowledgeFormat", "RegistryDiagnosis", "RegistryKnowledge",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "RegistryDiagnosisCTests",
      dependencies: [
        "RegistryDiagnosis", "RegistryDiagnosisC", "CRegistryDiagnosis", "PlantedSecrets",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "ModelContextProtocolTests", dependencies: ["ModelContextProtocol"],
      swiftSettings: settings),
    .testTarget(
      name: "regdiagTests",
      dependencies: ["regdiag", "ModelContextProtocol", "KnowledgeFormat", "PlantedSecrets"],
      exclude: ["Terminal"],
      swiftSettings: settings),
    .plugin(
      name: "CompileKnowledge", capability: .buildTool(), dependencies: ["compile-knowledge"]),
  ],
  swiftLanguageModes: [.v6]
)

// `scripts/fuzz` builds it; nobody else needs libFuzzer.
if isFuzzed {
  package.targets += [
    .target(
      name: "CFuzzer", dependencies: ["CRegistryDiagnosis"], path: "Tests/Fuzzing/CFuzzer",
      cSettings: fuzzedSettings),
    .executableTarget(
      name: "Fuzz",
      dependencies: [
        "CByteScan", "CFuzzer", "FailureText", "FailurePatterns", "KnowledgeFormat",
        "RegistryDiagnosis",
        "RegistryKnowledge", "DiagnosisRendering", "ModelContextProtocol", "KnowledgeCatalog",
        "RegistryDiagnosisC", "Oracles",
      ],
      path: "Tests/Fuzzing/Fuzz", swiftSettings: settings),
  ]
}
