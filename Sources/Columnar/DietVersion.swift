/// The version of the command, the libraries and the Python package.
package let dietVersion = "0.2.0"
