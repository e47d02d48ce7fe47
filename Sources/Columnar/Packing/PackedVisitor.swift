/// Work on packed numbers of any width: called once, with the type of the words that they are unpacked to.
package protocol PackedVisitor {
  /// What is changed by the work.
  associatedtype Subject
  associatedtype Result
  associatedtype Failure: Error = Never
  func visit<Word: PackedWord>(
    _ words: Word.Type, _ subject: inout Subject
  ) throws(Failure) -> Result
}

extension PackedBlocks {
  /// Hands the words of numbers of so many bits to `visitor`.
  @inlinable @inline(__always)
  package static func accept<Visitor: PackedVisitor>(
    _ visitor: Visitor, bits: Int, _ subject: inout Visitor.Subject
  ) throws(Visitor.Failure) -> Visitor.Result {
    switch wordByteCount(bits: bits) {
    case 1: try visitor.visit(UInt8.self, &subject)
    case 2: try visitor.visit(UInt16.self, &subject)
    case 4: try visitor.visit(UInt32.self, &subject)
    default: try visitor.visit(UInt64.self, &subject)
    }
  }

  /// The same for work that changes nothing.
  @inlinable @inline(__always)
  package static func accept<Visitor: PackedVisitor>(
    _ visitor: Visitor, bits: Int
  ) -> Visitor.Result where Visitor.Subject == Void, Visitor.Failure == Never {
    var nothing: Void = ()
    return accept(visitor, bits: bits, &nothing)
  }
}
