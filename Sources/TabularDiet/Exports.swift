// One import for an ETL job: `import TabularDiet`.
@_exported public import ArrowFormat
@_exported public import Columnar
@_exported public import DelimitedText
@_exported public import DietReport
@_exported public import Engines
@_exported public import FileIO
@_exported public import KernelBench
@_exported public import Kernels
@_exported public import MemoryDiet
@_exported public import Options
@_exported public import ParquetFormat
@_exported public import Pipeline
@_exported public import Typing
