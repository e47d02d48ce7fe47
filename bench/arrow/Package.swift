// swift-tools-version: 6.2

// A package within the package, so that the root builds without it. `bench/arrow/run` builds it.
import PackageDescription

let package = Package(
  name: "arrow-bench",
  dependencies: [.package(name: "diet", path: "../..")],
  targets: [
    .executableTarget(
      name: "ArrowBench", dependencies: [.product(name: "TabularDiet", package: "diet")])
  ]
)
