import Foundation
import TabularDiet

extension HostileCall {
  static let partCalls: [HostileCall] = [
    .alone("TableReader.mergeableProfile", "ranges that no file has") {
      let path = try HostileFile.path(HostileFile.text)
      for range in Odd.ranges {
        var reader = try TableReader(path)
        reader.byteRange = range
        try trying { try reader.mergeableProfile() }
        try trying { try reader.read().frame.rowCount }
      }
      for text in HostileFile.texts {
        try trying { try TableReader(HostileFile.path(text)).mergeableProfile() }
      }
    },
    .alone("TableReader.scan", "ranges that no file has, and files that are odd") {
      for text in HostileFile.texts {
        var reader = try TableReader(HostileFile.path(text))
        for range in [nil, 0..<0, 3..<5, 1..<Int.max, Int.max..<Int.max] {
          reader.byteRange = range
          reader.fileScan = nil
          try trying {
            reader.fileScan = try reader.scan()
            return try reader.mergeableProfile()
          }
        }
      }
    },
    .alone("FileScan.init", "bytes that are damaged, and files that are none") {
      var reader = try TableReader(HostileFile.path(HostileFile.text))
      reader.byteRange = 9..<20
      let bytes = try reader.scan().bytes
      for place in bytes.indices {
        var damaged = bytes
        damaged[place] ^= 0x15
        try trying {
          reader.fileScan = try FileScan(bytes: damaged)
          return try reader.mergeableProfile()
        }
        try trying { try FileScan(bytes: Array(bytes[..<place])) }
      }
      for path in HostileFile.paths { try trying { try FileScan(contentsOfFile: path) } }
    },
    .alone("FileScan.formUnion", "ranges that do not go together") {
      var scans: [FileScan] = []
      for text in HostileFile.texts {
        var reader = try TableReader(HostileFile.path(text))
        for range in [nil, 0..<0, 0..<2, 2..<4, 4..<Int.max] {
          reader.byteRange = range
          try trying { scans.append(try reader.scan()) }
        }
      }
      for first in scans {
        for second in scans {
          var both = first
          try trying { try both.formUnion(second) }
          _ = (both.missing, both.unknownEnd, both.bytes.count)
        }
      }
    },
    .alone("FileScan.part", "places that no file has") {
      let scan = try TableReader(HostileFile.path(HostileFile.text)).scan()
      for place in [0, 1, -1, Int.min, Int.max] { _ = scan.part(before: place).bytes }
    },
    .alone("FileScan.write") {
      let scan = try TableReader(HostileFile.path("a,b\n1,2\n")).scan()
      for path in HostileFile.paths { try trying { try scan.write(toFile: path) } }
    },
    .alone("MergeableProfile.init", "bytes that are damaged, and files that are none") {
      for text in HostileFile.texts {
        guard let bytes = try? TableReader(HostileFile.path(text)).mergeableProfile().bytes else {
          continue
        }
        for place in bytes.indices {
          var damaged = bytes
          damaged[place] ^= 0x55
          try trying { try MergeableProfile(bytes: damaged).profile() }
          try trying { try MergeableProfile(bytes: Array(bytes[..<place])) }
        }
      }
      try refusing("no profiles") { try MergeableProfile(contentsOfFiles: []) }
      for path in HostileFile.paths {
        try trying { try MergeableProfile(contentsOfFile: path) }
        try trying { try TableReader(profiles: [path], options: ReadingOptions()) as Any }
      }
    },
    .alone("MergeableProfile.formUnion", "parts that do not go together") {
      var parts: [MergeableProfile] = []
      for text in HostileFile.texts {
        let path = try HostileFile.path(text, "\(parts.count).csv")
        for range in [nil] + Odd.ranges.map(Optional.init) {
          var reader = try TableReader(path)
          reader.byteRange = range
          try trying { parts.append(try reader.mergeableProfile()) }
        }
      }
      for part in parts {
        for other in parts {
          var both = part
          try trying { try both.formUnion(other) }
          _ = (both.bytes, both.missing.count, both.files, both.columnNames, both.options)
        }
      }
    },
    .alone("MergeableProfile.lackingColumns", "of brief profiles of files that are odd") {
      for text in HostileFile.texts {
        try trying {
          try TableReader(HostileFile.path(text)).mergeableProfile(isBrief: true).lackingColumns()
        }
      }
    },
    .alone("MergeableProfile.profile", "of files that are hardly there") {
      for text in HostileFile.texts {
        guard let part = try? TableReader(HostileFile.path(text)).mergeableProfile() else {
          continue
        }
        try trying { try part.profile().plan() }
        try trying { try part.profile().report().text(as: ReportFormats.markdown) }
        try trying { try part.profile().loadingCode(for: "pandas") }
        try trying { try part.profile().obstacleReport() }
        var profile = try part.profile()
        try trying { try profile.measureKernels() }
      }
    },
    .alone("MergeableProfile.write") {
      let part = try TableReader(HostileFile.path("a,b\n1,2\n")).mergeableProfile()
      for path in HostileFile.paths { try trying { try part.write(toFile: path) } }
    },
  ]
}
