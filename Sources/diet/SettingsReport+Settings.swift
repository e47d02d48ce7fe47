import DietReport
import Settings

extension SettingsReport {
  /// All that is set, or each option of a verb with what holds and what does not.
  init(_ settings: Settings, verb: String?) {
    var rows: [Row] = []
    if let verb {
      for option in settings.verbs.options(of: verb) {
        let found = settings.settings(of: option.name, for: verb)
        rows += found.map { setting in
          Row(setting, verb: verb, shadowedBy: setting == found[0] ? nil : found[0])
        }
        if found.isEmpty {
          rows.append(
            Row(option: option.name, verb: verb, value: option.usualValue, origin: "default"))
        }
      }
    } else {
      for (index, setting) in settings.all.enumerated() {
        let before = settings.all[..<index].first {
          $0.name == setting.name && ($0.verb == nil || $0.verb == setting.verb)
        }
        rows.append(Row(setting, verb: setting.verb, shadowedBy: before))
      }
    }
    self.init(verb: verb, files: settings.files.map(\.name), rows: rows)
  }
}

extension SettingsReport.Row {
  fileprivate init(_ setting: Setting, verb: String?, shadowedBy other: Setting?) {
    self.init(
      option: setting.name, verb: verb, value: "\(setting.value)", origin: "\(setting.origin)",
      shadowedBy: other.map { "\($0.origin)" })
  }
}
