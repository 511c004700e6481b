/** Documents that people write, as YAML: values that know their line and column, and all mistakes at once. */
@NullMarked
package dev.bes.sandbox.document;

import org.jspecify.annotations.NullMarked;
