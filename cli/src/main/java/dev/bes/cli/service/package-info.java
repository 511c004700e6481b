/** The commands on the service itself. */
@NullMarked
package dev.bes.cli.service;

import org.jspecify.annotations.NullMarked;
