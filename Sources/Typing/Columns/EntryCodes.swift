import Columnar

/// The codes that the entries of a dictionary have in a collector's table; those that have not
/// occurred have none.
struct EntryCodes {
  static let none = UInt32.max

  let owner: Buffer?
  var codes: [UInt32]
}
