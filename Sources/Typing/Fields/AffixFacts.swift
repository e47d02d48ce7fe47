/// What a chunk of such numbers showed.
package struct AffixFacts: Hashable, Sendable {
  var unit: [UInt8] = []
  var isStrict = false
  /// Some value is not spelled as every engine spells numbers.
  var isAffixed = false
  /// The sign before a fraction that they were read by.
  var decimal: UInt8 = 0x2E
  /// Some value is a number only if points, or only if commas, come before fractions; some is
  /// another number then. All false where that is settled.
  var needsPoint = false
  var needsComma = false
  var differs = false
}
