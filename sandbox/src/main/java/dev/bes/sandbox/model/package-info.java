/** What the services compute: feature hashing as in the guide, a join, a saved query, a regression with its evaluation. */
@NullMarked
package dev.bes.sandbox.model;

import org.jspecify.annotations.NullMarked;
