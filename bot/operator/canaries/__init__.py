"""The promise that nothing that was said is kept, as a programme that anybody can run.

A random life is lived with a marker in everything that people can type, then every byte that was left is searched.
"""
