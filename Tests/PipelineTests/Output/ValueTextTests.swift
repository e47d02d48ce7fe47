import Columnar
import Testing

struct ValueTextTests {
  @Test(arguments: [
    (LogicalType.integer, Int64.min, "-9223372036854775808"),
    (.integer, 0, "0"),
    (.boolean, 1, "true"),
    (.boolean, 0, "false"),
    (.decimal(scale: 2), 1230, "12.30"),
    (.decimal(scale: 2), -5, "-0.05"),
    (.decimal(scale: 2), 0, "0.00"),
    (.decimal(scale: 18), .min, "-9.223372036854775808"),
    (.decimal(scale: 0), 7, "7"),
    (.decimal(scale: 20), -7, "-0.00000000000000000007"),
    (.date, 19_782, "2024-02-29"),
    (.date, -1, "1969-12-31"),
    (.date, -719_528, "0000-01-01"),
    (.time(unit: .second), 86_399, "23:59:59"),
    (.time(unit: .millisecond), 86_399_500, "23:59:59.5"),
    (.time(unit: .nanosecond), 1, "00:00:00.000000001"),
    (.timestamp(unit: .second, zone: nil), 0, "1970-01-01T00:00:00"),
    (.timestamp(unit: .second, zone: "UTC"), -1, "1969-12-31T23:59:59Z"),
    (.timestamp(unit: .second, zone: "UTC"), -86_400, "1969-12-31T00:00:00Z"),
    (.timestamp(unit: .second, zone: "UTC"), -86_401, "1969-12-30T23:59:59Z"),
    (.timestamp(unit: .microsecond, zone: nil), -1, "1969-12-31T23:59:59.999999"),
    (.timestamp(unit: .nanosecond, zone: "UTC"), .max, "2262-04-11T23:47:16.854775807Z"),
    (.timestamp(unit: .nanosecond, zone: "UTC"), .min, "1677-09-21T00:12:43.145224192Z"),
  ])
  func integers(_ type: LogicalType, _ value: Int64, _ text: String) throws {
    let sample = SampleValues(
      name: "x", type: type, values: .integers([value, nil, value], isUnsigned: false))
    try expect(sample, text)
  }

  @Test(arguments: [
    (1.5, "1.5"), (3, "3"), (-0.0, "-0"), (0.1, "0.1"), (1e300, "1e+300"), (.nan, "nan"),
    (-.infinity, "-inf"),
  ])
  func floats(_ value: Double, _ text: String) throws {
    try expect(
      SampleValues(name: "x", type: .float, values: .floats([value, nil, value])), text)
  }

  @Test(arguments: ["", "é", "1f2e", "1F", "01234567-89ab-cdef-0123-456789abcdef", "10.0.0.255"])
  func text(_ text: String) throws {
    let type: LogicalType = text.count == 36 ? .uuid : text.hasSuffix(".255") ? .ipv4 : .string
    let values = [Array(text.utf8), nil, Array(text.utf8)]
    try expect(SampleValues(name: "x", type: type, values: .text(values)), text)
  }

  @Test func unsigned() throws {
    let sample = SampleValues(
      name: "x", type: .integer, values: .integers([-1, nil, -1], isUnsigned: true))
    try expect(sample, "18446744073709551615")
  }

  /// The text is the same for every layout, and null is no text.
  private func expect(_ sample: SampleValues, _ text: String) throws {
    for column in try sample.columns() {
      let values = ValueText(column)
      for row in 0..<3 {
        let found = values.text(row: row).map { String(decoding: $0, as: UTF8.self) }
        #expect(found == (row == 1 ? nil : text), "\(column.layout)")
      }
    }
  }
}
