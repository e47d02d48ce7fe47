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

let folder = FileManager.default.temporaryDirectory.appending(path: "hostile-\(UUID().uuidString)")
try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
_ = FileManager.default.changeCurrentDirectoryPath(folder.path)

let arguments = CommandLine.arguments.dropFirst()
if arguments.first == "--list" {
  for entry in HostileCall.all.map(\.entry) + HostileCall.within { print(entry) }
}
let showsTimes = arguments.first == "--times"
if let entry = arguments.first, !entry.hasPrefix("--") {
  for call in HostileCall.all where call.entry == entry {
    for table in call.takesTables ? HostileTable.all : Array(HostileTable.all.prefix(1)) {
      print(call.entry, call.what, table.name)
      try call.call(table.make())
    }
  }
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

/// Makes one call on every table; returns on how many it ended the process.
func faultCount(_ call: HostileCall) -> Int {
  let tables = call.takesTables ? HostileTable.all : Array(HostileTable.all.prefix(1))
  let start = ContinuousClock.now
  let isFaulty = fault { for table in tables { try call.call(table.make()) } } != nil
  if showsTimes { print(call.entry, call.what, ContinuousClock.now - start) }
  guard isFaulty else { return 0 }
  // Which of them it was.
  var count = 0
  for table in tables {
    guard let fault = fault({ try call.call(table.make()) }) else { continue }
    count += 1
    print("\(call.entry), \(call.what), table \(table.name): \(fault)")
  }
  return max(1, count)
}

if arguments.isEmpty || showsTimes {
  setenv("SWIFT_BACKTRACE", "enable=no", 1)
  // As many at a time as there are processors.
  let workers = (0..<ProcessInfo.processInfo.activeProcessorCount).map { worker -> pid_t in
    fflush(nil)
    let child = fork()
    if child != 0 { return child }
    var count = 0
    for (place, call) in HostileCall.all.enumerated()
    where place % ProcessInfo.processInfo.activeProcessorCount == worker {
      count += faultCount(call)
    }
    fflush(nil)
    _exit(Int32(min(count, 100)))
  }
  let faults = workers.reduce(0) { count, worker in
    var status: Int32 = 0
    waitpid(worker, &status, 0)
    return count + (status & 0x7F == 0 ? Int(status >> 8) : 1)
  }
  print("\(HostileCall.all.count) calls, \(HostileTable.all.count) tables, \(faults) faults")
}

// Code at the top level has no scope that `defer` could end.
try? FileManager.default.removeItem(at: folder)
