package dev.bes.orchestrator.database;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Sets of rows as one JSON parameter for {@code json_to_recordset}, and JSON columns back. */
public final class JsonRows {
    private static final JsonMapper ROWS = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .changeDefaultPropertyInclusion(all -> all.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();
    private static final JsonMapper COLUMNS = JsonMapper.builder().build();

    private JsonRows() {}

    /** The rows as one parameter; component names turn into snake case, and what is null is left out. */
    public static String rows(Collection<? extends Record> rows) {
        return ROWS.writeValueAsString(rows);
    }

    /** A value for a JSON column. */
    public static @Nullable String column(@Nullable Object value) {
        return value == null ? null : COLUMNS.writeValueAsString(value);
    }

    /** A value from a JSON column. */
    public static <T> @Nullable T value(ResultSet row, String column, Class<T> type) throws SQLException {
        String text = row.getString(column);
        return text == null ? null : COLUMNS.readValue(text, type);
    }

    /** A map from a JSON column. */
    public static <V> Map<String, V> map(ResultSet row, String column, TypeReference<Map<String, V>> type)
            throws SQLException {
        String text = row.getString(column);
        return text == null ? Map.of() : COLUMNS.readValue(text, type);
    }

    /** A list from a JSON column; unknown properties are none of the reader's business. */
    public static <T> List<T> list(ResultSet row, String column, Class<T> type) throws SQLException {
        String text = row.getString(column);
        return text == null
                ? List.of()
                : COLUMNS.readValue(text, COLUMNS.getTypeFactory().constructCollectionType(List.class, type));
    }
}
