import CArrowData
import Columnar

extension ArrowSchema {
  /// The schema as a struct of the table's columns. `target` need not be initialized.
  func export(to target: UnsafeMutablePointer<ArrowCSchema>) {
    let owner = ArrowOwner()
    let children = owner.allocate(ArrowCSchema.self, count: fields.count)
    for (index, field) in fields.enumerated() { field.export(to: children + index) }
    target.initialize(
      to: ArrowCSchema(
        format: owner.string("+s"), name: owner.string(""), metadata: owner.metadata(metadata),
        flags: 0, n_children: Int64(fields.count),
        children: owner.pointers(to: children, count: fields.count), dictionary: nil,
        release: releaseSchema, private_data: owner.retained))
  }
}

extension ArrowField {
  /// The field, and the type of its dictionary's values where there is one.
  func export(to target: UnsafeMutablePointer<ArrowCSchema>) {
    let owner = ArrowOwner()
    var format = type.formatString
    var values: UnsafeMutablePointer<ArrowCSchema>?
    if let dictionary {
      format = ArrowType.integerFormat(bits: dictionary.codeBits, isSigned: true)
      let memory = owner.allocate(ArrowCSchema.self, count: 1)
      ArrowField(name: "", type: type).export(to: memory)
      values = memory
    }
    target.initialize(
      to: ArrowCSchema(
        format: owner.string(format), name: owner.string(name), metadata: owner.metadata(metadata),
        flags: Int64(ARROW_FLAG_NULLABLE)
          | (dictionary?.isOrdered == true ? Int64(ARROW_FLAG_DICTIONARY_ORDERED) : 0),
        n_children: 0, children: nil, dictionary: values,
        release: releaseSchema, private_data: owner.retained))
  }
}

extension ArrowOwner {
  /// Keys and values as the C data interface has them: their number, then each with its length
  /// before it, all lengths as 32-bit integers of the machine's byte order.
  fileprivate func metadata(_ entries: [ArrowMetadata]) -> UnsafePointer<CChar>? {
    if entries.isEmpty { return nil }
    var encoded: [CChar] = []
    func append(_ number: Int) {
      withUnsafeBytes(of: Int32(number)) { encoded += $0.map(CChar.init(bitPattern:)) }
    }
    append(entries.count)
    for text in entries.flatMap({ [$0.key, $0.value] }) {
      append(text.utf8.count)
      encoded += text.utf8.map(CChar.init(bitPattern:))
    }
    return bytes(encoded)
  }
}

/// Releases a schema with those of its children that nobody has moved out.
private let releaseSchema: @convention(c) (UnsafeMutablePointer<ArrowCSchema>?) -> Void = {
  schema in
  guard let schema, let owner = schema.pointee.private_data else { return }
  for index in 0..<Int(schema.pointee.n_children) {
    if let child = schema.pointee.children?[index], let release = child.pointee.release {
      release(child)
    }
  }
  if let dictionary = schema.pointee.dictionary, let release = dictionary.pointee.release {
    release(dictionary)
  }
  schema.pointee.release = nil
  schema.pointee.private_data = nil
  ArrowOwner.release(owner)
}
