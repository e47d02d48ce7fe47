/// The keys of the Open Data Contract Standard, by what has them: https://bitol-io.github.io/open-data-contract-standard.
///
/// A misspelt key would be a rule that nobody checks.
enum StandardKeys {
  static let contract: Set<String> = [
    "version", "kind", "apiVersion", "id", "name", "tenant", "tags", "status", "servers",
    "dataProduct", "description",
    "domain", "schema", "support", "price", "team", "roles", "slaDefaultElement", "slaProperties",
    "authoritativeDefinitions", "customProperties", "contractCreatedTs", "relationships",
  ]

  static let table: Set<String> = element.union([
    "logicalType", "physicalName", "physicalType", "dataGranularityDescription", "properties",
    "relationships",
    "quality",
  ])

  static let column: Set<String> = element.union([
    "logicalType", "logicalTypeOptions", "physicalName", "physicalType", "primaryKey",
    "primaryKeyPosition", "required",
    "unique", "partitioned", "partitionKeyPosition", "classification", "encryptedName",
    "transformSourceObjects",
    "transformLogic", "transformDescription", "examples", "criticalDataElement", "relationships",
    "quality",
    "properties", "items",
  ])

  static let rule: Set<String> = [
    "id", "name", "type", "metric", "rule", "arguments", "validValues", "description", "dimension",
    "method",
    "severity", "businessImpact", "unit", "schedule", "scheduler", "tags",
    "authoritativeDefinitions",
    "customProperties", "query", "engine", "implementation", "mustBe", "mustNotBe",
    "mustBeGreaterThan",
    "mustBeGreaterOrEqualTo", "mustBeLessThan", "mustBeLessOrEqualTo", "mustBeBetween",
    "mustNotBeBetween",
  ]

  private static let element: Set<String> = [
    "id", "name", "businessName", "description", "tags", "customProperties",
    "authoritativeDefinitions", "deprecated",
  ]

  /// The keys that the standard does not have.
  ///
  /// - Throws: `ContractError` for one that is nearly one of the standard's.
  static func others(
    in object: DocumentReader, than known: Set<String>
  ) throws(ContractError) -> [(key: String, value: DocumentReader)] {
    let others = try object.members().filter { !known.contains($0.key) }
    for (key, value) in others {
      guard let near = key.nearestName(in: known.sorted()) else { continue }
      throw value.error("`\(value.place)` is no key of the standard; did you mean `\(near)`?")
    }
    return others
  }
}
