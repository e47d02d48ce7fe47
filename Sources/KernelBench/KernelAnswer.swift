import Columnar
import Kernels

/// What a measured kernel found, and how it read the column.
struct KernelAnswer {
  enum Content {
    case reduction(ReductionAnswer)
    case selection(Selection)
    case rows([UInt32])
    case columns([Column])
  }

  let content: Content
  let path: ReductionPath

  init(_ content: Content, _ path: ReductionPath) {
    self.content = content
    self.path = path
  }

  /// Whether both say the same, whatever the layouts in which they say it.
  func agrees(with other: KernelAnswer) -> Bool {
    switch (content, other.content) {
    case (.reduction(let a), .reduction(let b)): a.agrees(with: b)
    case (.selection(let a), .selection(let b)): a == b
    case (.rows(let a), .rows(let b)): a == b
    case (.columns(let a), .columns(let b)): a.elementsEqual(b) { $0.agrees(with: $1) }
    default: false
    }
  }
}

extension Column {
  /// Whether both have the same values.
  fileprivate func agrees(with other: Column) -> Bool {
    let (a, b) = (ColumnRows(self), ColumnRows(other))
    guard a.count == b.count else { return false }
    return (0..<a.count).allSatisfy { row in
      switch (a.storedValue(at: row), b.storedValue(at: row)) {
      case (let x?, let y?): x.isSame(as: y)
      case (nil, nil): true
      default: false
      }
    }
  }
}
