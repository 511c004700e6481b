package dev.bes.sandbox.model;

import org.jspecify.annotations.Nullable;

/**
 * A setting of a model.
 *
 * @param fallback the value when a service neither fixes nor exposes the setting; null if it has to
 */
public record Setting(String name, @Nullable String fallback) {}
