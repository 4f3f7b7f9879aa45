namespace Orleans.Configuration;

/// <summary>Memory storage has nothing to choose here.</summary>
public class MemoryGrainStorageOptions;
