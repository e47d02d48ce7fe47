// swift-tools-version: 6.2

// Fuzzing with libFuzzer and the address sanitizer: `make fuzz` at the top builds and runs this.
//
// A package of its own, so that the root builds without it. `Sources` links to the root's sources,
// which are compiled here with coverage instrumentation and all assertions on.

import PackageDescription

let package = Package(
  name: "diet-fuzzing",
  dependencies: [
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1")
  ],
  targets: [
    .executableTarget(
      name: "Fuzz",
      dependencies: [
        "TabularDiet", "Platform", "FileIO", "DelimitedText", "Typing", "ArrowFormat",
        "ParquetFormat",
        "Pipeline", "MemoryDiet", "Columnar", "CZstd", "CZlib", "CBzip2", "CLZMA",
      ]),
    .target(
      name: "TabularDiet",
      dependencies: [
        "Platform", "Columnar", "Kernels", "KernelBench", "FileIO", "DelimitedText", "Typing",
        "ArrowFormat", "ParquetFormat", "Engines",
        "Pipeline", "Options", "MemoryDiet", "DietReport", "Wording", "CKernels",
      ]),
    .target(name: "Platform"),
    .target(name: "Columnar", dependencies: ["Platform", "CKernels", "CNettle", "CXXHash"]),
    .target(name: "Wording", dependencies: ["Columnar"]),
    .target(name: "Kernels", dependencies: ["Platform", "Columnar", "CKernels"]),
    .target(name: "KernelBench", dependencies: ["Platform", "Kernels", "Columnar"]),
    .target(
      name: "FileIO",
      dependencies: [
        "Platform", "Columnar", "CKernels", "CZstd", "CZlib", "CISAL", "CBzip2", "CLZMA",
      ],
      exclude: ["Encodings/make_code_pages.py"]),
    .target(
      name: "DelimitedText",
      dependencies: ["Platform", "Columnar", "FileIO", "CKernels", "CLibCSV"]),
    .target(
      name: "Typing", dependencies: ["Platform", "Columnar", "FileIO", "DelimitedText", "CKernels"]),
    .target(
      name: "ArrowFormat",
      dependencies: ["Platform", "Columnar", "FileIO", "CArrowData", "CKernels", "CZstd", "CLZ4"]),
    .target(
      name: "ParquetFormat",
      dependencies: [
        "Platform", "Columnar", "FileIO", "ArrowFormat", "CKernels", "CZstd", "CLZ4", "CZlib",
        "CSnappy",
      ]),
    .target(
      name: "Engines",
      dependencies: [
        "Columnar", "FileIO", "DelimitedText", "Typing", "ArrowFormat", "Wording",
      ]),
    .target(
      name: "Pipeline",
      dependencies: [
        "Platform", "Columnar", "FileIO", "DelimitedText", "Typing", "ArrowFormat", "ParquetFormat",
        "Engines",
        "CKernels",
      ]),
    .target(
      name: "Options",
      dependencies: ["Columnar", "FileIO", "DelimitedText", "Typing", "Pipeline"]),
    .target(name: "MemoryDiet", dependencies: ["Columnar"]),
    .target(
      name: "DietReport",
      dependencies: [
        "Platform", "Engines", "MemoryDiet", "Columnar", "Wording",
        .product(name: "Mustache", package: "swift-mustache"),
      ],
      resources: [
        "page.mustache", "fragment.mustache", "head.mustache", "section.mustache",
        "picture.mustache", "table.mustache", "parts.css", "page.css",
      ].map { .embedInCode("Pages/\($0)") }),
    .target(name: "CArrowData"),
    .target(name: "CKernels"),
    .systemLibrary(name: "CLibCSV"),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd"),
    .systemLibrary(name: "CLZ4", pkgConfig: "liblz4"),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib"),
    .systemLibrary(name: "CISAL"),
    .systemLibrary(name: "CBzip2"),
    .systemLibrary(name: "CLZMA", pkgConfig: "liblzma"),
    .systemLibrary(name: "CSnappy", pkgConfig: "snappy"),
    .systemLibrary(name: "CNettle", pkgConfig: "nettle"),
    .systemLibrary(name: "CXXHash", pkgConfig: "libxxhash"),
  ]
)

for target in package.targets {
  switch target.name {
  case "CKernels", "CArrowData":
    target.cSettings = [.unsafeFlags(["-fsanitize=fuzzer-no-link,address"])]
  case _ where target.type != .system:
    target.swiftSettings = [
      .treatAllWarnings(as: .error),
      .enableUpcomingFeature("InternalImportsByDefault"),
      .unsafeFlags([
        // The targets themselves guide nothing.
        target.name == "Fuzz" ? "-sanitize=address" : "-sanitize=fuzzer,address",
        "-parse-as-library", "-enable-testing", "-assert-config", "Debug",
      ]),
    ]
  default: break
  }
}
package.targets[0].linkerSettings = [.unsafeFlags(["-sanitize=fuzzer,address", "-use-ld=lld"])]
