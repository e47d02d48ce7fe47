// swift-tools-version: 6.2

import PackageDescription

let package = Package(
  name: "diet",
  products: [
    .library(name: "TabularDiet", targets: ["TabularDiet"]),
    // The C interface, which the Python package loads.
    .library(name: "dietc", type: .dynamic, targets: ["DietC"]),
    .executable(name: "diet", targets: ["diet"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
  ],
  targets: [
    // MARK: - Public API
    .target(
      name: "TabularDiet",
      dependencies: [
        "Platform", "Columnar", "Kernels", "KernelBench", "FileIO", "DelimitedText", "Typing",
        "ArrowFormat", "ParquetFormat", "Engines",
        "Pipeline", "Options", "MemoryDiet", "Contracts", "DietReport", "Wording", "CKernels",
      ]),
    .executableTarget(
      name: "diet",
      dependencies: [
        "Platform", "TabularDiet", "Engines", "Options", "Settings", "KernelBench", "Contracts",
        "DietReport", "Wording",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    .target(
      name: "DietC",
      dependencies: [
        "Platform", "CArrowData", "CDiet", "TabularDiet", "FileIO", "Typing", "ArrowFormat",
        "Engines", "Pipeline", "Options",
        "MemoryDiet", "DietReport", "Columnar", "Kernels", "Wording",
      ]),

    // MARK: - The way through: bytes, columns, plan, report
    .target(name: "Platform"),
    .target(
      name: "Columnar",
      dependencies: ["Platform", "CKernels", "CNettle", "CXXHash", "CZstd", "CLZ4"]),
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
    .target(
      name: "Settings",
      dependencies: [
        "Platform", "Columnar", "Wording", "Options",
        .product(name: "TOMLKit", package: "TOMLKit"),
      ]),
    .target(name: "MemoryDiet", dependencies: ["Columnar"]),
    .target(
      name: "Contracts",
      dependencies: ["Columnar", "Wording", .product(name: "Yams", package: "Yams")]),
    .target(
      name: "DietReport",
      dependencies: [
        "Platform", "Engines", "MemoryDiet", "Contracts", "Columnar", "Wording",
        .product(name: "Mustache", package: "swift-mustache"),
      ],
      resources: [
        "page.mustache", "fragment.mustache", "head.mustache", "section.mustache",
        "picture.mustache", "table.mustache", "parts.css", "page.css",
      ].map { .embedInCode("Pages/\($0)") }),

    // MARK: - C
    .target(name: "CKernels"),
    .target(name: "CArrowData"),
    .target(name: "CDiet", dependencies: ["CArrowData"]),
    .systemLibrary(name: "CLibCSV", providers: [.apt(["libcsv-dev"])]),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    .systemLibrary(name: "CLZ4", pkgConfig: "liblz4", providers: [.apt(["liblz4-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CISAL", providers: [.apt(["libisal-dev"])]),
    .systemLibrary(name: "CBzip2", providers: [.apt(["libbz2-dev"])]),
    .systemLibrary(name: "CLZMA", pkgConfig: "liblzma", providers: [.apt(["liblzma-dev"])]),
    .systemLibrary(name: "CSnappy", pkgConfig: "snappy", providers: [.apt(["libsnappy-dev"])]),
    .systemLibrary(name: "CNettle", pkgConfig: "nettle", providers: [.apt(["nettle-dev"])]),
    .systemLibrary(name: "CXXHash", pkgConfig: "libxxhash", providers: [.apt(["libxxhash-dev"])]),

    // MARK: - Tests
    .target(
      name: "TestSupport", dependencies: ["Columnar"], path: "Tests/TestSupport",
      exclude: ["python_server.py"]),
    .executableTarget(
      name: "HostileCalls", dependencies: ["Platform", "TabularDiet"], path: "Tests/HostileCalls"),
    .testTarget(
      name: "LibraryTests",
      dependencies: ["TestSupport", "TabularDiet", "HostileCalls"],
      exclude: ["MonthlyJob/make_months.py", "MonthlyJob/compare_job.py"]),
    .testTarget(name: "ColumnarTests", dependencies: ["TestSupport", "Columnar", "CKernels"]),
    .testTarget(
      name: "KernelsTests",
      dependencies: ["TestSupport", "Kernels", "KernelBench", "Columnar", "CKernels"]),
    .testTarget(
      name: "PipelineTests",
      dependencies: [
        "TestSupport", "Platform",
        "FileIO", "DelimitedText", "Typing", "ArrowFormat", "ParquetFormat", "Engines", "Pipeline",
        "CArrowData", "Columnar", "MemoryDiet", "CZstd", "CZlib", "CBzip2", "CLZMA",
      ],
      exclude: [
        "typing-cases.txt", "read_arrow.py", "write_arrow.py", "measure_arrow.py",
        "array_texts.py", "write_parquet.py",
      ]),
    .testTarget(
      name: "OptionsTests",
      dependencies: [
        "TestSupport", "diet", "Options", "Settings", "TabularDiet", "DietC", "FileIO", "Columnar",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .testTarget(
      name: "MemoryDietTests",
      dependencies: [
        "TabularDiet", "MemoryDiet", "FileIO", "DelimitedText", "Typing", "ArrowFormat",
        "ParquetFormat", "Engines", "Pipeline",
      ]),
    .testTarget(
      name: "ContractsTests",
      dependencies: [
        "TestSupport", "Contracts", "TabularDiet", "DietReport", "Options", "FileIO", "Wording",
      ], exclude: ["read_contracts.py"]),
    .testTarget(
      name: "DietReportTests",
      dependencies: ["DietReport", "Wording", "TabularDiet", "Kernels", "KernelBench"],
      exclude: ["Golden"]),
    .testTarget(
      name: "DietCommandTests",
      dependencies: [
        "TestSupport",
        "diet", "TabularDiet", "MemoryDiet", "FileIO", "DelimitedText", "Typing",
        "ArrowFormat", "ParquetFormat", "Engines", "Pipeline", "Columnar", "Contracts",
      ],
      exclude: [
        "bad-input.txt", "meanings.txt", "Gates/read_gates.py", "Gates/check_schema.py",
        "Gates/check_packages.py",
        "HandOver/compare.py",
        "HandOver/tables.py",
        "HandOver/check_sql.py", "HandOver/typed_meaning.py", "HandOver/room.py",
        "Law/answers.py", "Law/arrow_operations.py", "Law/columns.py", "Law/dask_operations.py",
        "Law/law.py", "Law/pandas_operations.py", "Law/polars_operations.py",
      ]),
    .testTarget(name: "DietCTests", dependencies: ["DietC", "CDiet", "CArrowData"]),
    .testTarget(
      name: "PythonPackageTests", dependencies: ["TestSupport", "DietC"],
      exclude: ["cases", "check_wheel.py"]),
    .testTarget(
      name: "FuzzReplayTests",
      dependencies: [
        "TabularDiet", "Platform", "FileIO", "DelimitedText", "Typing", "ArrowFormat",
        "ParquetFormat",
        "Engines", "Pipeline", "MemoryDiet", "Columnar", "CZstd", "CZlib", "CBzip2", "CLZMA",
      ]),
    .testTarget(name: "ProjectTests", exclude: ["swift-names.txt"]),
  ]
)

// Compiler settings, once for all Swift targets.
let cTargets: Set = [
  "CKernels", "CArrowData", "CDiet", "CLibCSV", "CZstd", "CLZ4", "CZlib", "CISAL", "CBzip2",
  "CLZMA",
  "CSnappy", "CNettle", "CXXHash",
]
let testsRunOptimized = Context.environment["DIET_OPTIMIZED_TESTS"] != nil
// Tests that hold every row of many tables against a plain loop, which takes most of their time.
let optimizedTests: Set = ["ColumnarTests", "KernelsTests"]
for target in package.targets where !cTargets.contains(target.name) {
  target.swiftSettings = [
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0480-swiftpm-warning-control.md
    .treatAllWarnings(as: .error),
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0409-access-level-on-imports.md
    .enableUpcomingFeature("InternalImportsByDefault"),
  ]
  // `make test` builds for release: what is tested is optimised, since the loops under test take
  // most of the time. Most tests themselves are not worth an optimiser's time.
  if testsRunOptimized {
    target.swiftSettings?.append(
      .unsafeFlags(
        target.type == .test && !optimizedTests.contains(target.name)
          || target.name == "TestSupport"
          ? ["-Onone"] : ["-assert-config", "Debug"]))
  }
}
