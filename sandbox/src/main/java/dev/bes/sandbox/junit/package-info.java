/** The sandbox as an extension of JUnit, for the tests of other projects. */
@NullMarked
package dev.bes.sandbox.junit;

import org.jspecify.annotations.NullMarked;
