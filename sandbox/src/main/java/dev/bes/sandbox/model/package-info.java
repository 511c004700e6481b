/** The model of the guide's service: feature hashing of one text column of a CSV file. */
@NullMarked
package dev.bes.sandbox.model;

import org.jspecify.annotations.NullMarked;
