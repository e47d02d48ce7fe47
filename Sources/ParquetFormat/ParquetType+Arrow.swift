import Columnar

extension ParquetType {
  /// The type that the values are read as; an error that names it where there is none.
  var arrowType: ArrowType {
    get throws(PageFault) {
      switch (physical, annotation) {
      case (_, .other(let name)?): throw PageFault(.unsupportedInput, "\(name) is not read")
      case (_, .unknown?): return .null
      case (.boolean, nil): return .boolean
      case (.int32, nil): return .integer(bits: 32, isSigned: true)
      case (.int64, nil): return .integer(bits: 64, isSigned: true)
      case (.int32, .integer(let bits, let isSigned)?) where [8, 16, 32].contains(bits):
        return .integer(bits: bits, isSigned: isSigned)
      case (.int64, .integer(64, let isSigned)?): return .integer(bits: 64, isSigned: isSigned)
      case (.int32, .date?): return .date
      case (.int32, .time(.millisecond, _)?): return .time(.millisecond)
      case (.int64, .time(let unit, _)?) where unit > .millisecond: return .time(unit)
      case (.int64, .timestamp(let unit, let isUTC)?):
        return .timestamp(unit, zone: isUTC ? "UTC" : nil)
      // What Impala, Hive and older Sparks wrote: nanoseconds, of which zone is not said.
      case (.int96, nil), (.int96, .timestamp?): return .timestamp(.nanosecond, zone: nil)
      case (.float, nil): return .float(bits: 32)
      case (.double, nil): return .float(bits: 64)
      case (.fixedLengthByteArray, .float16?) where byteLength == 2: return .float(bits: 32)
      case (.fixedLengthByteArray, .uuid?) where byteLength == 16: return .utf8
      case (.byteArray, nil), (.byteArray, .string?): return .utf8
      case (.fixedLengthByteArray, nil), (.fixedLengthByteArray, .string?): return .utf8
      case (.int32, .decimal(let precision, let scale)?),
        (.int64, .decimal(let precision, let scale)?),
        (.byteArray, .decimal(let precision, let scale)?),
        (.fixedLengthByteArray, .decimal(let precision, let scale)?):
        guard (0...18).contains(scale), (1...1000).contains(precision) else {
          throw PageFault(
            .unsupportedInput,
            "decimals of \(precision) digits, \(scale) after the point, are not read")
        }
        return .decimal(precision: precision, scale: scale)
      case (_, let annotation):
        throw PageFault(
          .unsupportedInput,
          "\(physical.name) as \(annotation.map { "\($0)" } ?? "values") is not read")
      }
    }
  }
}
