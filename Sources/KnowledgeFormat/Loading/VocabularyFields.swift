// The fields of vocabulary.json, each declared once: schema/vocabulary.schema.json in Swift.

extension Vocabulary {
  static var shape: Shape<Vocabulary> { .object(Vocabulary.init) }

  private init?(_ object: ObjectReader) {
    object.ignored("$schema", .text())
    let schemaVersion = object.required("schemaVersion", .schemaVersion)
    let registries = object.required("registries", .list(of: .object(Registry.init), atLeast: 1))
    let clients = object.required("clients", .list(of: .object(Client.init)))
    let operations = object.required("operations", .list(of: .object(Operation.init)))
    let evidence = object.required("evidence", .phrases)
    let foreign = object.required("foreign", .phrases)
    let notRegistryHosts = object.required("notRegistryHosts", .hosts)
    let retried = object.required("retried", .phrases)
    let progress = object.required("progress", .phrases)
    let completed = object.optional("completed", .phrases)
    let facts = object.required("facts", .list(of: .object(FactWording.init)))
    guard let schemaVersion, let registries, let clients, let operations, let evidence, let foreign,
      let notRegistryHosts, let retried, let progress,
      let facts
    else { return nil }
    self.init(
      schemaVersion: schemaVersion, registries: registries, clients: clients,
      operations: operations, evidence: evidence, foreign: foreign,
      notRegistryHosts: notRegistryHosts, retried: retried, progress: progress,
      completed: completed ?? [], facts: facts)
  }
}

extension Vocabulary.Registry {
  fileprivate init?(_ object: ObjectReader) {
    let id = object.required("id", .text(as: .slug))
    let name = object.required("name", .text(2...Int.max))
    let hosts = object.required("hosts", .hosts)
    let phrases = object.optional("phrases", .phrases)
    let isSelfHosted = object.optional("selfHosted", .boolean)
    let paths = object.optional("paths", .paths)
    guard let id, let name, let hosts else { return nil }
    self.init(
      id: id, name: name, hosts: hosts, phrases: phrases ?? [], isSelfHosted: isSelfHosted ?? false,
      paths: paths ?? [])
  }
}

extension Vocabulary.Client {
  fileprivate init?(_ object: ObjectReader) {
    let id = object.required("id", .text(as: .slug))
    let name = object.required("name", .text(2...Int.max))
    let phrases = object.optional("phrases", .phrases)
    let shortNames: Vocabulary.ShortNames? = object.optional("shortNames", .word)
    guard let id, let name else { return nil }
    self.init(id: id, name: name, phrases: phrases ?? [], shortNames: shortNames ?? .unknown)
  }
}

extension Vocabulary.Operation {
  fileprivate init?(_ object: ObjectReader) {
    let id = object.required("id", .text(as: .slug))
    let name = object.required("name", .text(2...Int.max))
    let phrases = object.required("phrases", .phrases)
    guard let id, let name, let phrases else { return nil }
    self.init(id: id, name: name, phrases: phrases)
  }
}

extension FactWording {
  fileprivate init?(_ object: ObjectReader) {
    let fact: FactKind? = object.required("fact", .word)
    let patterns = object.required("patterns", .phrases)
    guard let fact, let patterns else { return nil }
    self.init(fact: fact, patterns: patterns)
  }
}

extension Shape where Value == [String] {
  fileprivate static var phrases: Shape<[String]> { .list(of: .text(3...2000)) }
}

extension Shape where Value == [HostPattern] {
  fileprivate static var hosts: Shape<[HostPattern]> {
    .list(of: Shape<String>.text(as: .hostPattern).compactMap(HostPattern.init))
  }
}

extension Shape where Value == [ImagePathPattern] {
  fileprivate static var paths: Shape<[ImagePathPattern]> {
    .list(of: Shape<String>.text(as: .imagePathPattern).compactMap(ImagePathPattern.init))
  }
}
