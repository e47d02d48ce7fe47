/// What schemas of frames say of how these are read.
enum FrameReading {
  static let sentences = [
    "Read the frame by this code (`diet analyze --emit pandas`): pd.read_csv alone makes 815 of 0815,",
    "a missing value of the text NA, and names of its own for columns that are called alike.",
  ]
}
