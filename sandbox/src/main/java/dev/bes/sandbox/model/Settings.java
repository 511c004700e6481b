package dev.bes.sandbox.model;

import dev.bes.sandbox.dataset.Column;
import java.util.List;
import java.util.Map;

/**
 * The values of a model's settings in one execution.
 *
 * @param numbersAsIs whether a word of digits only is its own hash, as in Vowpal Wabbit
 */
public record Settings(Map<String, String> values, boolean numbersAsIs) {

    /**
     * The value of a setting.
     *
     * @throws ModuleFailure when it has none
     */
    public String text(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new ModuleFailure("Error 0003: Input \"" + name + "\" is null or empty.");
        }
        return value;
    }

    /**
     * The value of a setting that is a whole number.
     *
     * @throws ModuleFailure when it is none
     */
    public int whole(String name) {
        try {
            return Integer.parseInt(text(name));
        } catch (NumberFormatException e) {
            throw notValid(name);
        }
    }

    /**
     * The value of a setting that is a number.
     *
     * @throws ModuleFailure when it is none
     */
    public double number(String name) {
        try {
            return Double.parseDouble(text(name));
        } catch (NumberFormatException e) {
            throw notValid(name);
        }
    }

    /**
     * The position of the column that a setting names.
     *
     * @throws ModuleFailure when there is no such column; names are case-sensitive
     */
    public int column(String name, List<Column> columns) {
        return indexOf(text(name), columns);
    }

    /**
     * The position of a column.
     *
     * @throws ModuleFailure when there is no such column; names are case-sensitive
     */
    static int indexOf(String column, List<Column> columns) {
        int index = columns.stream().map(Column::name).toList().indexOf(column);
        if (index < 0) {
            throw ModuleFailure.noColumn(column);
        }
        return index;
    }

    private ModuleFailure notValid(String name) {
        return new ModuleFailure("Error 0017: The value \"" + text(name) + "\" of \"" + name + "\" is not valid.");
    }
}
