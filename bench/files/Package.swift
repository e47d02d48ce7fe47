// swift-tools-version: 6.2

// A package within the package, so that the root builds without it. `bench/files/run` builds it.
import PackageDescription

let package = Package(
  name: "file-bench",
  dependencies: [.package(name: "diet", path: "../..")],
  targets: [
    .executableTarget(
      name: "FileBench", dependencies: [.product(name: "TabularDiet", package: "diet")])
  ]
)
