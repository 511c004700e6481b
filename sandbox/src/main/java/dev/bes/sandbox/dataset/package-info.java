/** Datasets as the services read and write them: rows of named, typed columns in CSV, TSV and ARFF. */
@NullMarked
package dev.bes.sandbox.dataset;

import org.jspecify.annotations.NullMarked;
