// swift-tools-version: 6.2

// A package within the package, so that the root builds without it. `bench/kernels/run` builds it.
import PackageDescription

let package = Package(
  name: "kernel-bench",
  dependencies: [.package(name: "diet", path: "../..")],
  targets: [
    .executableTarget(
      name: "PeerBench", dependencies: [.product(name: "TabularDiet", package: "diet")]),
    .executableTarget(
      name: "QueryBench", dependencies: [.product(name: "TabularDiet", package: "diet")]),
    .executableTarget(
      name: "TalkBench", dependencies: [.product(name: "TabularDiet", package: "diet")]),
  ]
)
