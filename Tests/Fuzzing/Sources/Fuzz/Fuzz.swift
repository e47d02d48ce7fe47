import Platform

/// Runs libFuzzer on the target that `FUZZ_TARGET` names. A variable and not an argument, because
/// libFuzzer starts itself again with its own arguments to minimise a corpus.
@main enum Fuzz {
  static let target: any FuzzTarget = {
    let name = getenv("FUZZ_TARGET").map { String(cString: $0) } ?? ""
    guard let target = FuzzTargets.named(name) else {
      let names = FuzzTargets.all.map(\.name).joined(separator: ", ")
      fatalError("FUZZ_TARGET is `\(name)`, not one of \(names)")
    }
    return target
  }()

  static func main() {
    // Never freed: libFuzzer keeps them to the end.
    let words = CommandLine.arguments + ["-max_len=\(target.byteLimit)"]
    var count = CInt(words.count)
    var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = .allocate(
      capacity: words.count + 1)
    for (index, word) in words.enumerated() { arguments?[index] = strdup(word) }
    arguments?[words.count] = nil
    exit(
      runDriver(&count, &arguments) { bytes, count in
        let input = Array(
          UnsafeBufferPointer(start: bytes, count: min(count, Fuzz.target.byteLimit)))
        if let finding = Fuzz.target.check(FuzzInput(input)) {
          fatalError("\(Fuzz.target.name): \(finding)")
        }
        return 0
      })
  }
}

/// libFuzzer's own main function, as a library.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
  _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt
