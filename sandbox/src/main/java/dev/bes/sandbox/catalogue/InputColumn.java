package dev.bes.sandbox.catalogue;

import dev.bes.sandbox.dataset.Column;
import org.jspecify.annotations.Nullable;

/**
 * A column that an input declares.
 *
 * @param example a value for the example in the Swagger document; null for none
 */
public record InputColumn(Column column, @Nullable String example) {}
