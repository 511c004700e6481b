/** Tables, JSON, YAML and CSV, and what the terminal can show. */
@NullMarked
package dev.bes.cli.output;

import org.jspecify.annotations.NullMarked;
