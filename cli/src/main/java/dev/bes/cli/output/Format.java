package dev.bes.cli.output;

/** How an answer is printed. The names are those of the option {@code --format}. */
public enum Format {
    /** Columns for people. */
    TABLE,
    /** The JSON of the API. */
    JSON,
    /** The same as YAML. */
    YAML,
    /** The columns of the table as CSV (RFC 4180), with times in UTC. */
    CSV;

    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
