package dev.bes.orchestrator.remote;

import java.util.List;
import java.util.Map;

/**
 * Scores rows of a table, batch by batch. A call has no id, and scores its rows only; so the same batch can be sent again, and
 * we cut the input into batches. Every method may throw {@link RemoteException}, whose subtype says whether it may be repeated.
 */
public interface RowService {

    /**
     * How inputs are cut, and how many batches are sent side by side.
     *
     * @param rows maximum number of rows of a batch
     * @param bytes maximum size of its rows in bytes; one row may be larger
     * @param parallel batches under way at a time for all scorings of this node
     */
    record Limits(int rows, int bytes, int parallel) {}

    /** The limits of the endpoint. */
    Limits limits();

    /**
     * Compares the columns of an input with what the model takes and gives. Asks the service for that, unless it was asked a
     * short time ago.
     *
     * @throws RemoteException.Rejected if they do not fit; the message names the column
     */
    RowScorer prepare(Columns columns);

    /**
     * The columns of a scoring.
     *
     * @param header columns of the input file
     * @param inputs columns of the input that its definition names; may be empty
     * @param outputs columns by output that the definition names; an empty list stands for all that the model gives
     * @param parameters parameters of the model
     */
    record Columns(
            List<String> header,
            List<String> inputs,
            Map<String, List<String>> outputs,
            Map<String, String> parameters) {}

    /** Scores the batches of one input. */
    interface RowScorer {

        /**
         * Checks every cell that the model needs, without a call.
         *
         * @throws InvalidCellException naming the first cell that the model cannot take
         */
        void check(Table batch) throws InvalidCellException;

        /**
         * Scores a batch in one call.
         *
         * @return by output, a table with as many rows as the batch
         */
        Map<String, Table> score(Table batch);
    }

    /** A cell that the model cannot take. */
    final class InvalidCellException extends Exception {
        private static final long serialVersionUID = 1L;

        private final int row;

        /**
         * A cell of a batch.
         *
         * @param row its row in the batch, from 0
         * @param message names the column and what is wrong
         */
        public InvalidCellException(int row, String message) {
            super(message);
            this.row = row;
        }

        /** The row in the batch, from 0. */
        public int row() {
            return row;
        }
    }
}
