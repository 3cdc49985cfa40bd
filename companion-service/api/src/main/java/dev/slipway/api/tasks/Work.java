package dev.slipway.api.tasks;

/** What a claimed task is about. */
public sealed interface Work permits BuildWork, TestWork, SignWork {}
