import Foundation
import Platform
import TabularDiet

// Each call in a process of its own, made by fork: this one has run nothing of the library yet, so
// that the children start in a few thousandths of a second.
//
//     HostileCalls          all calls; prints a line for each that ended its process
//     HostileCalls --list   the entries that are called
//     HostileCalls --times  how long each takes
//     HostileCalls ENTRY    those of one entry, in this process: for a debugger

let arguments = CommandLine.arguments.dropFirst()
if arguments.first == "--list" {
  for call in HostileCall.all { print(call.entry) }
  exit(0)
}
let showsTimes = arguments.first == "--times"
if let entry = arguments.first, !showsTimes {
  for call in HostileCall.all where call.entry == entry {
    for table in call.takesTables ? HostileTable.all : Array(HostileTable.all.prefix(1)) {
      print(call.entry, call.what, table.name)
      try call.call(table.make())
    }
  }
  exit(0)
}

/// What came of some work in a process of its own; `nil` where all went well.
func fault(_ work: () throws -> Void) -> String? {
  var ends: [Int32] = [0, 0]
  guard pipe(&ends) == 0 else { return "no pipe" }
  fflush(nil)
  let child = fork()
  if child == 0 {
    dup2(ends[1], 2)
    alarm(60)
    do {
      try work()
      _exit(0)
    } catch {
      FileHandle.standardError.write(Data("\(error)".utf8))
      _exit(3)
    }
  }
  close(ends[1])
  let words = FileHandle(fileDescriptor: ends[0], closeOnDealloc: true).readDataToEndOfFile()
  var status: Int32 = 0
  waitpid(child, &status, 0)
  if status == 0 { return nil }
  let text = String(decoding: words.prefix(2000), as: UTF8.self)
  return "\(status & 0x7F == 0 ? "exit \(status >> 8)" : "signal \(status & 0x7F)"): \(text)"
}

setenv("SWIFT_BACKTRACE", "enable=no", 1)
var faultCount = 0
for call in HostileCall.all {
  let tables = call.takesTables ? HostileTable.all : Array(HostileTable.all.prefix(1))
  let start = ContinuousClock.now
  let isFaulty = fault { for table in tables { try call.call(table.make()) } } != nil
  if showsTimes { print(call.entry, call.what, ContinuousClock.now - start) }
  guard isFaulty else { continue }
  // Which of them it was.
  for table in tables {
    guard let fault = fault({ try call.call(table.make()) }) else { continue }
    faultCount += 1
    print("\(call.entry), \(call.what), table \(table.name): \(fault)")
  }
}
print("\(HostileCall.all.count) calls, \(HostileTable.all.count) tables, \(faultCount) faults")
