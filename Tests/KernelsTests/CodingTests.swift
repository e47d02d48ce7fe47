import Columnar
import Foundation
import Testing

@testable import Kernels

/// Columns and tables to JSON and property lists and back.
struct CodingTests {
  private func again<Value: Codable>(_ value: Value) throws -> [Value] {
    let json = try JSONEncoder().encode(value)
    let list = try PropertyListEncoder().encode(value)
    return [
      try JSONDecoder().decode(Value.self, from: json),
      try PropertyListDecoder().decode(Value.self, from: list),
    ]
  }

  @Test(arguments: SampleKind.all, [0, 30, 100])
  func `Columns come back as they were, from every layout`(
    kind: SampleKind, nullPercent: Int
  ) throws {
    for count in [0, 1, 130] {
      let sample = kind.sample(count: count, nullPercent: nullPercent, seed: 7)
      for column in try sample.columns() {
        let note: Comment = "\(column.layout), \(sample)"
        for back in try again(column) {
          #expect(back == column && back.type == column.type, note)
          #expect(back.scalars.same == sample.values.same, note)
        }
      }
    }
  }

  @Test
  func `Tables come back, and odd values`() throws {
    let frame = try DataFrame([
      Column("f", [-0.0, Double.nan, .infinity, -.infinity, .leastNonzeroMagnitude]),
      Column("u", [UInt64.max, nil, 0, 1, 2]),
      Column("é \"", ["\u{0}", "a\nb", nil, "🙂", ""]),
      Column("t", integers: [1, 2, nil, 3, 4], type: .timestamp(unit: .nanosecond, zone: "UTC")),
      Column("d", integers: [1, 2, nil, 3, .min], type: .duration(unit: .millisecond)),
      Column("bytes", texts: [[0xFF], [0xC3, 0x28], [], nil, [65]], of: .string),
      .nulls("none", .null, count: 5),
    ])
    for back in try again(frame) {
      #expect(back == frame)
      #expect(back.columns.map(\.type) == frame.columns.map(\.type))
      #expect(try back.values("f", as: Double.self)[0]?.sign == .minus)
    }
    for empty in try again(frame.head(0)) { #expect(empty == frame.head(0)) }
    for nothing in try again(DataFrame([])) { #expect(nothing.rowCount == 0) }
  }

  @Test
  func `The form that the page shows`() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let price = try Column("price", integers: [1230, nil, 99999], type: .decimal(scale: 2))
    #expect(
      String(decoding: try encoder.encode(price), as: UTF8.self)
        == #"{"name":"price","type":{"name":"decimal","scale":2},"values":[1230,null,99999]}"#)
    let frame = try DataFrame([Column("a", [true, nil]), Column("x", [0.5, Double.nan])])
    #expect(
      String(decoding: try encoder.encode(frame), as: UTF8.self)
        == #"{"columns":[{"name":"a","type":{"name":"boolean"},"values":[true,null]},"#
        + #"{"name":"x","type":{"name":"float"},"values":[0.5,"nan"]}],"rowCount":2}"#)
  }

  @Test
  func `What is no column is a decoding error`() throws {
    let cases = [
      #"{}"#, #"[]"#, #"{"name": "a", "type": {"name": "integer"}}"#,
      #"{"name": "a", "type": {"name": "number"}, "values": []}"#,
      #"{"name": "a", "type": {"name": "decimal", "scale": 40}, "values": []}"#,
      #"{"name": "a", "type": {"name": "integer"}, "values": ["1"]}"#,
      #"{"name": "a", "type": {"name": "integer"}, "values": [1.5]}"#,
      #"{"name": "a", "type": {"name": "integer"}, "values": [1e30]}"#,
      #"{"name": "a", "type": {"name": "integer"}, "values": [18446744073709551615, -1]}"#,
      #"{"name": "a", "type": {"name": "null"}, "values": [1]}"#,
      #"{"name": "a", "type": {"name": "boolean"}, "values": [2]}"#,
      #"{"name": "a", "type": {"name": "float"}, "values": ["many"]}"#,
      #"{"name": "a", "type": {"name": "string"}, "values": [[300]]}"#,
      #"{"name": "a", "type": {"name": "uuid"}, "values": ["a"]}"#,
      #"{"name": "a", "type": {"name": "ipv4"}, "values": ["1.2.3.400"]}"#,
      #"{"name": "a", "type": {"name": "date"}, "values": [{}]}"#,
    ]
    for text in cases {
      #expect(throws: DecodingError.self, "\(text)") {
        try JSONDecoder().decode(Column.self, from: Data(text.utf8))
      }
    }
    let column = #"{"name": "a", "type": {"name": "integer"}, "values": [1, 2]}"#
    for text in [
      #"{"rowCount": 3, "columns": [\#(column)]}"#, #"{"rowCount": -1, "columns": []}"#,
      #"{"columns": [\#(column)]}"#, #"{"rowCount": 2}"#,
    ] {
      #expect(throws: DecodingError.self, "\(text)") {
        try JSONDecoder().decode(DataFrame.self, from: Data(text.utf8))
      }
    }
  }
}
