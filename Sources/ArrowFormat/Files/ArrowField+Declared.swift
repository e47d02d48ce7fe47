package import Columnar

extension ArrowField {
  /// Metadata that says how this very file stores the column.
  private static let ownKeys: Set<String> = [
    "_PL_CATEGORICAL2", "PARQUET:field_id", ownTypeKey,
  ]

  /// The name of the type that this one is stored for.
  package var extensionName: String? { metadata.first { $0.key == ArrowMetadata.uuid.key }?.value }

  /// Whether values are UUIDs. No type of ours says so in Arrow: they become text.
  package var isUUID: Bool { storage == .uuid }

  /// What the field says beyond the kind of its values; `nil` where that is nothing.
  package var declared: DeclaredType? {
    var declared = DeclaredType()
    declared.metadata = metadata.filter { !Self.ownKeys.contains($0.key) && !isUUID }.map {
      DeclaredType.Entry(key: $0.key, value: $0.value)
    }
    // A decimal of more digits than ours have is that of fewer.
    declared.whenEmpty = type == .null ? nil : type.withFewerDigits
    switch (storage, type) {
    case (.foreign, _): return nil
    case (_, .decimal): declared.exact = declared.whenEmpty
    case (_, .integer(_, let isSigned)):
      if extensionName != nil { declared.exact = type } else { declared.isUnsigned = !isSigned }
    case (_, .boolean): if extensionName != nil { declared.exact = type }
    case (_, .utf8):
      declared.isPlainText = extensionName != nil && !isUUID
      if isCategorical {
        declared.categories = DeclaredType.Categories(entries: [], isOrdered: isOrdered)
      }
    default: break
    }
    return declared == DeclaredType() ? nil : declared
  }

  /// The field, which is foreign where its metadata names a type whose meaning would be lost: one
  /// that is stored as what may become narrower. Bytes that are UUIDs are none.
  package var withForeignExtension: ArrowField {
    guard let name = extensionName else { return self }
    if case .foreign(var foreign) = storage {
      var field = self
      if name == ArrowMetadata.uuid.value, foreign.byteWidth == 16, dictionary == nil {
        (field.type, field.storage) = (.utf8, .uuid)
        return field
      }
      foreign.name = "extension<\(name)>"
      field.storage = .foreign(foreign)
      return field
    }
    switch (type, dictionary == nil) {
    case (.integer, true), (.boolean, true), (.utf8, true): return self
    default:
      var field = self
      var variadicCount = 0
      if case .views = storage { variadicCount = 1 }
      field.storage = .foreign(
        ArrowForeignType(
          name: "extension<\(name)>", nodeCount: 1, bufferCount: type.bufferCount,
          variadicCount: variadicCount))
      return field
    }
  }
}

extension ArrowMetadata {
  /// What says that values are UUIDs.
  package static let uuid = ArrowMetadata(key: "ARROW:extension:name", value: "arrow.uuid")
}

extension ArrowType {
  /// The type, or its widest in 128 bits.
  fileprivate var withFewerDigits: ArrowType {
    guard case .decimal(let precision, let scale) = self else { return self }
    return .decimal(precision: min(precision, 38), scale: scale)
  }
}
