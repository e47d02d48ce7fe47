import Wording
import Yams

/// A document without its lines and comments: what somebody wrote, so that it can be written again.
package indirect enum DocumentTree: Hashable, Sendable {
  case object([Member])
  case array([DocumentTree])
  case string(String)
  case integer(Int128)
  case float(Double)
  case bool(Bool)
  case null

  package struct Member: Hashable, Sendable {
    package var key: String
    package var value: DocumentTree
  }

  /// The value in a document.
  init(_ node: Node) {
    switch node {
    case .mapping(let mapping):
      self = .object(
        mapping.map { Member(key: $0.key.string ?? "", value: DocumentTree($0.value)) })
    case .sequence(let sequence): self = .array(sequence.map(DocumentTree.init))
    case .alias: self = .null
    case .scalar(let scalar):
      switch node.tag.description {
      case "tag:yaml.org,2002:null": self = .null
      case "tag:yaml.org,2002:bool": self = node.bool.map { .bool($0) } ?? .string(scalar.string)
      case "tag:yaml.org,2002:int":
        self =
          (Int128(scalar.string) ?? node.int.map { Int128($0) }).map { .integer($0) }
          ?? .string(scalar.string)
      case "tag:yaml.org,2002:float":
        self = node.float.map { .float($0) } ?? .string(scalar.string)
      default: self = .string(scalar.string)
      }
    }
  }

  /// What a program writes.
  init(_ value: JSONText) {
    switch value {
    case .object(let members):
      self = .object(members.map { Member(key: $0.key, value: DocumentTree($0.value)) })
    case .array(let elements): self = .array(elements.map { DocumentTree($0) })
    case .string(let text): self = .string(text)
    case .integer(let value): self = .integer(value)
    case .float(let value): self = .float(value)
    case .bool(let value): self = .bool(value)
    case .null: self = .null
    }
  }

  var json: JSONText {
    switch self {
    case .object(let members): .object(members.map { ($0.key, $0.value.json) })
    case .array(let elements): .array(elements.map(\.json))
    case .string(let text): .string(text)
    case .integer(let value): .integer(value)
    case .float(let value): .float(value)
    case .bool(let value): .bool(value)
    case .null: .null
    }
  }

  subscript(key: String) -> DocumentTree? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }
}

extension DocumentTree {
  /// This document with what another has beside what the program itself wrote: descriptions, rules that it does not
  /// check, keys of other tools.
  ///
  /// - Parameters:
  ///   - written: What stands in the file.
  ///   - understood: What the program would have written of it; `nil` where it would have written nothing.
  func keeping(_ written: DocumentTree, beside understood: DocumentTree?) -> DocumentTree {
    switch (self, written) {
    case (.object(var members), .object(let others)):
      for other in others {
        if let index = members.firstIndex(where: { $0.key == other.key }) {
          members[index].value = members[index].value.keeping(
            other.value, beside: understood?[other.key])
        } else if understood?[other.key] == nil {
          members.append(other)
        }
      }
      return .object(members)
    case (.array(var elements), .array(let others)):
      var merged: Set<Int> = []
      for other in others {
        let before = understood?.element(like: other)
        let index = elements.indices.first { index in
          !merged.contains(index)
            && (elements[index].isNamed(as: other) || elements[index] == before)
        }
        if let index {
          elements[index] = elements[index].keeping(other, beside: before)
          merged.insert(index)
        } else if before == nil, !elements.contains(other) {
          elements.append(other)
        }
      }
      return .array(elements)
    default: return self
    }
  }

  /// What is different where this was written by hand: the paths of what `keeping` would keep.
  func others(than understood: DocumentTree?, at path: String = "") -> [String] {
    switch self {
    case .object(let members):
      return members.flatMap { member -> [String] in
        let place = path.isEmpty ? member.key : "\(path).\(member.key)"
        guard let known = understood?[member.key] else { return [place] }
        return member.value.others(than: known, at: place)
      }
    case .array(let elements):
      return elements.flatMap { element -> [String] in
        let place = element.name.map { "\(path)[\($0)]" } ?? path
        guard let known = understood?.element(like: element) else { return [place] }
        return element.others(than: known, at: place)
      }
    default: return []
    }
  }

  /// What elements of lists are told apart by.
  private var name: String? {
    for key in ["name", "property"] {
      if case .string(let text)? = self[key] { return text }
    }
    return nil
  }

  private func isNamed(as other: DocumentTree) -> Bool {
    guard let name, let otherName = other.name else { return false }
    return name.isExactly(otherName)
  }

  private func element(like other: DocumentTree) -> DocumentTree? {
    guard case .array(let elements) = self else { return nil }
    return elements.first { $0.isNamed(as: other) || other.covers($0) }
  }

  /// Whether this says all that another does, whatever the order, and perhaps more.
  private func covers(_ other: DocumentTree) -> Bool {
    guard case .object(let members) = other, case .object = self else { return self == other }
    return !members.isEmpty && members.allSatisfy { self[$0.key]?.covers($0.value) == true }
  }
}
