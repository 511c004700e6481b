package dev.bes.sandbox.dataset;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The file formats of datasets; the extension decides. Source: error code InvalidBlobExtension and the articles. */
public enum DataFormat {
    CSV(".csv"),
    TSV(".tsv"),
    ARFF(".arff");

    private final String extension;

    DataFormat(String extension) {
        this.extension = extension;
    }

    /** The extension with its dot. */
    public String extension() {
        return extension;
    }

    /** The format of files with this extension, in lower case and with its dot. */
    public static Optional<DataFormat> of(String extension) {
        return Arrays.stream(values())
                .filter(format -> format.extension.equals(extension))
                .findFirst();
    }

    /** All extensions. */
    public static List<String> extensions() {
        return Arrays.stream(values()).map(DataFormat::extension).toList();
    }

    /**
     * Reads a dataset in constant memory. The reader closes the stream.
     *
     * @throws InvalidDataset when the file is empty or its header is not valid
     */
    public RowReader reader(InputStream in) {
        return switch (this) {
            case CSV -> DelimitedReader.open(in, ',');
            case TSV -> DelimitedReader.open(in, '\t');
            case ARFF -> ArffReader.open(in);
        };
    }

    /**
     * Writes a dataset in constant memory. The writer closes the stream.
     *
     * @param name the name of the dataset, for formats that have one
     */
    public RowWriter writer(OutputStream out, String name) {
        return switch (this) {
            case CSV -> new DelimitedWriter(out, ',');
            case TSV -> new DelimitedWriter(out, '\t');
            case ARFF -> new ArffWriter(out, name);
        };
    }
}
