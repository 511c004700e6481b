package dev.bes.sandbox.model;

import dev.bes.sandbox.dataset.RowReader;
import dev.bes.sandbox.dataset.RowWriter;
import java.util.List;

/** What a service computes: reads the rows of its inputs and writes those of its outputs. It keeps no state. */
public interface Model {

    /** Number of inputs. */
    int inputs();

    /** Number of outputs. */
    int outputs();

    /** Its settings; a service fixes each one or exposes it as a web service parameter. */
    List<Setting> settings();

    /**
     * Reads the inputs to their ends and writes all outputs. The caller closes them.
     *
     * @param inputs as many as {@link #inputs()}
     * @param outputs as many as {@link #outputs()}
     * @throws ModuleFailure when the data or a setting cannot be used
     * @throws dev.bes.sandbox.dataset.InvalidDataset when an input breaks the rules of its format
     */
    void score(Settings settings, List<RowReader> inputs, List<RowWriter> outputs);
}
