// One import for an ETL job: `import TabularDiet`.
@_exported public import Columnar
@_exported public import KernelBench
@_exported public import Kernels
@_exported public import MemoryDiet
@_exported public import TableIO
