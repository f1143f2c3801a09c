// Stands in for react-devtools-core, which Ink loads only when DEV=true and which is not installed.
export default {};
