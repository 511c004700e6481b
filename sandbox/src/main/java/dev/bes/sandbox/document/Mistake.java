package dev.bes.sandbox.document;

/**
 * A mistake in a document.
 *
 * @param file the file's name, or its path below the folder of the documents
 * @param line the line, from 1
 * @param column the column, from 1
 * @param problem what is wrong
 * @param advice what to do
 */
public record Mistake(String file, int line, int column, String problem, String advice) implements Comparable<Mistake> {

    @Override
    public int compareTo(Mistake other) {
        int byFile = file.compareTo(other.file);
        int byLine = byFile == 0 ? Integer.compare(line, other.line) : byFile;
        return byLine == 0 ? Integer.compare(column, other.column) : byLine;
    }

    /** One line, as compilers write it: {@code file:line:column: problem; advice}. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + problem + "; " + advice;
    }
}
