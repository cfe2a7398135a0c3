// The fields of manifest.json, each declared once: schema/manifest.schema.json in Swift.

extension Manifest {
  static var shape: Shape<Manifest> { .object(Manifest.init) }

  private init?(_ object: ObjectReader) {
    object.ignored("$schema", .text())
    let schemaVersion = object.required("schemaVersion", .schemaVersion)
    let version = object.required("version", .contentVersion)
    let released = object.required("released", .date)
    let documents = object.required("documents", .list(of: .object(Document.init)))
    guard let schemaVersion, let version, let released, let documents else { return nil }
    self.init(
      schemaVersion: schemaVersion, version: version, released: released, documents: documents)
  }
}

extension Manifest.Document {
  fileprivate init?(_ object: ObjectReader) {
    let id = object.required("id", .text(as: .slug))
    let title = object.required("title", .text(3...Int.max))
    let url = object.required("url", .httpsURL)
    let revisions = object.required(
      "revisions", .list(of: .object(Manifest.Revision.init), atLeast: 1))
    guard let id, let title, let url, let revisions else { return nil }
    self.init(id: id, title: title, url: url, revisions: revisions)
  }
}

extension Manifest.Revision {
  fileprivate init?(_ object: ObjectReader) {
    let id = object.required("id", .text(1...Int.max))
    let date = object.optional("date", .date)
    let note = object.optional("note", .text())
    guard let id else { return nil }
    self.init(id: id, date: date, note: note)
  }
}
