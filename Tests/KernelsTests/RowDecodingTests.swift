import Columnar
import Testing

@testable import Kernels

/// Rows as values of a type, past the rows that are read together.
struct RowDecodingTests {
  private enum Size: String, Decodable { case small, large }

  private struct Item: Decodable, Equatable {
    var id: Int
    var name: String
    var size: Size?
    var weight: Double?
    var note: String?
    var isNew: Bool
    var count: UInt8
  }

  private let count = 1500

  private func note(_ row: Int) -> String? { row % 3 == 0 ? nil : "note \(row)" }
  private func name(_ row: Int) -> String { "n\(row % 7)" }
  private func weight(_ row: Int) -> Double? { row % 4 == 1 ? nil : Double(row) / 4 }

  private func size(_ row: Int) -> Size? {
    if row % 5 == 0 { return nil }
    return row % 2 == 0 ? .small : .large
  }

  private func frame() throws -> DataFrame {
    let rows = 0..<count
    let notes: [String?] = rows.map(note)
    let sizes: [String?] = rows.map { size($0)?.rawValue }
    let weights: [Double?] = rows.map(weight)
    let ids: [Int] = rows.map { $0 * 1000 }
    let isNew: [Bool] = rows.map { $0 % 2 == 0 }
    let counts: [UInt8] = rows.map { UInt8($0 % 256) }
    return try DataFrame([
      Column("note", notes), Column("id", ids), Column("name", rows.map(name)),
      Column("size", sizes), Column("weight", weights), Column("isNew", isNew),
      Column("count", counts),
    ])
  }

  @Test
  func `Every row has its own values`() throws {
    let items = try frame().rows(as: Item.self)
    #expect(items.count == count)
    for (row, item) in items.enumerated() {
      let expected = Item(
        id: row * 1000, name: name(row), size: size(row), weight: weight(row), note: note(row),
        isNew: row % 2 == 0, count: UInt8(row % 256))
      #expect(item == expected, "row \(row)")
    }
    #expect(try frame().head(0).rows(as: Item.self).isEmpty)
  }

  /// Asks in an order that the values decide, for types that the values decide.
  private struct Fickle: Decodable {
    var id: Int
    var text: String

    private enum Key: String, CodingKey { case id, name, note, weight, none }

    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: Key.self)
      let id = try values.decode(Int32.self, forKey: .id)
      self.id = try values.decode(Int.self, forKey: .id)
      #expect(Int(id) == self.id && !values.contains(.none))
      if id % 2000 == 0 {
        let weight = try values.decodeIfPresent(Float.self, forKey: .weight)
        let same = try values.decodeIfPresent(Double.self, forKey: .weight)
        #expect(weight.map { Double($0) } == same)
        text = try values.decode(String.self, forKey: .name)
      } else if try values.decodeNil(forKey: .note) {
        text = try values.decodeIfPresent(String.self, forKey: .note) ?? "no note"
      } else {
        text = try values.decode(String?.self, forKey: .note) ?? "?"
      }
    }
  }

  @Test
  func `Rows may ask otherwise than those before`() throws {
    let rows = try frame().rows(as: Fickle.self)
    for (row, found) in rows.enumerated() {
      let text: String = row % 2 == 0 ? name(row) : note(row) ?? "no note"
      #expect(found.id == row * 1000 && found.text == text, "row \(row)")
    }
  }

  private class Base: Decodable {
    var id: Int = 0
  }

  private final class Derived: Base {
    let name: String

    private enum Key: String, CodingKey { case name }

    required init(from decoder: any Decoder) throws {
      name = try decoder.container(keyedBy: Key.self).decode(String.self, forKey: .name)
      try super.init(from: decoder)
    }
  }

  @Test
  func `Classes with two kinds of keys are decoded`() throws {
    let rows = try frame().rows(as: Derived.self)
    let ids: [Int] = (0..<count).map { $0 * 1000 }
    #expect(rows.map(\.id) == ids)
    #expect(rows.map(\.name) == (0..<count).map(name))
  }

  private struct Numbers: Decodable { var n: Int? }

  @Test
  func `A column of nulls is nil as any type, a wrong type is told at the first value`() throws {
    let nulls = try DataFrame([.nulls("n", .string, count: 3)])
    #expect(try nulls.rows(as: Numbers.self).map(\.n) == [nil, nil, nil])
    let texts = try DataFrame([Column("n", [nil, nil, "x"] as [String?])])
    #expect {
      try texts.rows(as: Numbers.self)
    } throws: { error in
      guard case DecodingError.typeMismatch(_, let context)? = error as? DecodingError else {
        return false
      }
      return context.codingPath.map(\.stringValue) == ["n"]
        && context.debugDescription.hasPrefix("column 'n' is string")
    }
  }
}
